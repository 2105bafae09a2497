-- AlterTable
ALTER TABLE "person" ADD COLUMN     "remind_of_days" BOOLEAN NOT NULL DEFAULT true;
