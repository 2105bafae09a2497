-- AlterTable
ALTER TABLE "person" ADD COLUMN     "auto_clean" BOOLEAN;

-- CreateIndex
CREATE INDEX "message_sent_at_idx" ON "message"("sent_at");

-- What people said has its time from now on too; until then it was the time at which it came.
UPDATE "message" SET "sent_at" = "created_at" WHERE "direction" = 'in';
