-- AlterTable
ALTER TABLE "person" ADD COLUMN     "neutral_word" BYTEA;
