-- AlterTable
ALTER TABLE "draft" ADD COLUMN     "version" TEXT;

-- AlterTable
ALTER TABLE "programme" ADD COLUMN     "form_draft" JSONB,
ADD COLUMN     "form_edition" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "report" ADD COLUMN     "draft_version" TEXT;

-- CreateTable
CREATE TABLE "programme_version" (
    "programme_id" UUID NOT NULL,
    "of" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "staff_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "programme_version_pkey" PRIMARY KEY ("programme_id","of","number")
);

-- AddForeignKey
ALTER TABLE "programme_version" ADD CONSTRAINT "programme_version_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programme"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "programme_version" ADD CONSTRAINT "programme_version_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;
