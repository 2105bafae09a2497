-- AlterTable
ALTER TABLE "case_file" ADD COLUMN     "merged_into_id" UUID;

-- CreateIndex
CREATE INDEX "case_file_merged_into_id_idx" ON "case_file"("merged_into_id");

-- AddForeignKey
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "case_file"("id") ON DELETE SET NULL ON UPDATE CASCADE;
