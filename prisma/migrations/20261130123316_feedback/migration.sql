-- CreateTable
CREATE TABLE "feedback_token" (
    "code_hash" BYTEA NOT NULL,
    "person_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used" BOOLEAN NOT NULL DEFAULT false,
    "worded" BOOLEAN NOT NULL DEFAULT false,
    "file_id" UUID,

    CONSTRAINT "feedback_token_pkey" PRIMARY KEY ("code_hash")
);

-- CreateTable
CREATE TABLE "feedback_month" (
    "person_id" UUID NOT NULL,
    "group_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "totals" BYTEA NOT NULL,

    CONSTRAINT "feedback_month_pkey" PRIMARY KEY ("person_id","group_id","period")
);

-- CreateTable
CREATE TABLE "feedback_figure" (
    "group_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "totals" BYTEA NOT NULL,

    CONSTRAINT "feedback_figure_pkey" PRIMARY KEY ("group_id","period")
);

-- CreateTable
CREATE TABLE "feedback_lines" (
    "group_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "lines" BYTEA NOT NULL,

    CONSTRAINT "feedback_lines_pkey" PRIMARY KEY ("group_id","period")
);

-- CreateIndex
CREATE INDEX "feedback_token_person_id_period_idx" ON "feedback_token"("person_id", "period");

-- AddForeignKey
ALTER TABLE "feedback_token" ADD CONSTRAINT "feedback_token_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback_token" ADD CONSTRAINT "feedback_token_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "programme_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback_month" ADD CONSTRAINT "feedback_month_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback_month" ADD CONSTRAINT "feedback_month_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "programme_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback_figure" ADD CONSTRAINT "feedback_figure_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "programme_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feedback_lines" ADD CONSTRAINT "feedback_lines_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "programme_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;
