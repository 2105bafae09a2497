-- AlterTable
ALTER TABLE "person" ADD COLUMN     "age_band" TEXT;

-- AlterTable
ALTER TABLE "case_file" ADD COLUMN     "minor" BOOLEAN NOT NULL DEFAULT false;
