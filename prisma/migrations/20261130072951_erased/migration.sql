-- CreateTable
CREATE TABLE "erased" (
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erased_pkey" PRIMARY KEY ("person_id","at")
);

-- CreateIndex
CREATE INDEX "erased_at_idx" ON "erased"("at");
