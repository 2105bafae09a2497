-- AlterTable
ALTER TABLE "message" ADD COLUMN     "answers" BIGINT;

-- AlterTable
ALTER TABLE "case_file" ADD COLUMN     "avoid" UUID[],
ADD COLUMN     "breached_at" TIMESTAMPTZ(3),
ADD COLUMN     "centre_id" TEXT,
ADD COLUMN     "contact_kind" TEXT,
ADD COLUMN     "due_at" TIMESTAMPTZ(3),
ADD COLUMN     "engagement" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "goal" TEXT,
ADD COLUMN     "need" TEXT NOT NULL DEFAULT 'social',
ADD COLUMN     "preferred_id" UUID,
ADD COLUMN     "rung_at" TIMESTAMPTZ(3),
ADD COLUMN     "rungs_done" TEXT[],
ADD COLUMN     "team_id" UUID,
ADD COLUMN     "told_at" TIMESTAMPTZ(3),
ADD COLUMN     "urgent_at" TIMESTAMPTZ(3),
ADD COLUMN     "warn_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "staff" ADD COLUMN     "away_until" TIMESTAMPTZ(3),
ADD COLUMN     "capacity" INTEGER NOT NULL DEFAULT 8,
ADD COLUMN     "centre_id" TEXT,
ADD COLUMN     "languages" TEXT[] DEFAULT ARRAY['ru', 'en']::TEXT[],
ADD COLUMN     "last_case_at" TIMESTAMPTZ(3),
ADD COLUMN     "on_call" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pause_until" TIMESTAMPTZ(3),
ADD COLUMN     "person_id" UUID,
ADD COLUMN     "skills" TEXT[] DEFAULT ARRAY['social', 'lawyer']::TEXT[],
ADD COLUMN     "team_id" UUID,
ADD COLUMN     "topics" TEXT[],
ADD COLUMN     "urgent_row" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "centre" (
    "id" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "city" TEXT,
    "time_zone" TEXT NOT NULL,
    "languages" TEXT[],
    "hours" JSONB NOT NULL,
    "goals" JSONB,
    "diverted_to" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "centre_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "team" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guest" (
    "case_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guest_pkey" PRIMARY KEY ("case_id","staff_id")
);

-- CreateTable
CREATE TABLE "offer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "from_id" UUID NOT NULL,
    "to_staff_id" UUID,
    "to_team_id" UUID,
    "to_centre" TEXT,
    "summary" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'offered',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "offer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "staff_group" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "centre_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "sealed" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "need" TEXT,
    "language" TEXT NOT NULL DEFAULT 'ru',
    "state" TEXT NOT NULL DEFAULT 'open',
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "staff_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "place" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "group_id" UUID NOT NULL,
    "case_id" UUID,
    "sealed" BYTEA,
    "hash" BYTEA,
    "head_key" BYTEA,
    "drawn" TEXT,
    "menu" TEXT,
    "cursor" BIGINT NOT NULL DEFAULT 0,
    "ends_at" TIMESTAMPTZ(3),
    "lease_until" TIMESTAMPTZ(3),
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "place_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "copy" (
    "id" BIGSERIAL NOT NULL,
    "place_id" UUID NOT NULL,
    "message_id" BIGINT,
    "note_id" BIGINT,
    "origin" TEXT NOT NULL DEFAULT 'ours',
    "sealed" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "copy_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "remark" (
    "id" BIGSERIAL NOT NULL,
    "place_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "values" JSONB NOT NULL,
    "reply_to" BYTEA,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "remark_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pairing" (
    "code_hash" BYTEA NOT NULL,
    "centre_id" TEXT,
    "need" TEXT,
    "staff_id" UUID,
    "by_id" UUID NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "pairing_pkey" PRIMARY KEY ("code_hash")
);

-- CreateTable
CREATE TABLE "call" (
    "id" BIGSERIAL NOT NULL,
    "case_id" UUID NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "phone" BYTEA,
    "asked_by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "called_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "appointment" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "case_id" UUID NOT NULL,
    "staff_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "place" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'planned',
    "remind_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "appointment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quick_answer" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "staff_id" UUID,
    "centre_id" TEXT,
    "title" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "quick_answer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "block" (
    "person_id" UUID NOT NULL,
    "by_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "block_pkey" PRIMARY KEY ("person_id")
);

-- CreateTable
CREATE TABLE "complaint" (
    "id" BIGSERIAL NOT NULL,
    "person_id" UUID NOT NULL,
    "about_id" UUID,
    "case_code" TEXT,
    "body" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "handler_id" UUID,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "complaint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement" (
    "id" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "country" TEXT,
    "centre_id" TEXT,
    "topic" TEXT,
    "language" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "urgency" TEXT NOT NULL,
    "in_hours" BOOLEAN NOT NULL,
    "first_reply_s" INTEGER,
    "outcome" TEXT NOT NULL,
    "contact_kind" TEXT,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "team_centre_id_name_key" ON "team"("centre_id", "name");

-- CreateIndex
CREATE INDEX "offer_case_id_state_idx" ON "offer"("case_id", "state");

-- CreateIndex
CREATE INDEX "offer_state_expires_at_idx" ON "offer"("state", "expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "staff_group_channel_hash_key" ON "staff_group"("channel", "hash");

-- CreateIndex
CREATE INDEX "place_hash_idx" ON "place"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "place_case_id_group_id_key" ON "place"("case_id", "group_id");

-- CreateIndex
CREATE INDEX "copy_message_id_idx" ON "copy"("message_id");

-- CreateIndex
CREATE INDEX "copy_note_id_idx" ON "copy"("note_id");

-- CreateIndex
CREATE UNIQUE INDEX "copy_place_id_hash_key" ON "copy"("place_id", "hash");

-- CreateIndex
CREATE INDEX "remark_place_id_id_idx" ON "remark"("place_id", "id");

-- CreateIndex
CREATE INDEX "call_case_id_id_idx" ON "call"("case_id", "id");

-- CreateIndex
CREATE INDEX "appointment_case_id_idx" ON "appointment"("case_id");

-- CreateIndex
CREATE INDEX "appointment_state_remind_at_idx" ON "appointment"("state", "remind_at");

-- CreateIndex
CREATE INDEX "quick_answer_staff_id_idx" ON "quick_answer"("staff_id");

-- CreateIndex
CREATE INDEX "block_until_idx" ON "block"("until");

-- CreateIndex
CREATE INDEX "complaint_closed_at_idx" ON "complaint"("closed_at");

-- CreateIndex
CREATE INDEX "engagement_day_idx" ON "engagement"("day");

-- CreateIndex
CREATE INDEX "case_file_centre_id_state_idx" ON "case_file"("centre_id", "state");

-- CreateIndex
CREATE INDEX "case_file_due_at_idx" ON "case_file"("due_at");

-- CreateIndex
CREATE INDEX "case_file_rung_at_idx" ON "case_file"("rung_at");

-- CreateIndex
CREATE UNIQUE INDEX "staff_person_id_key" ON "staff"("person_id");

-- AddForeignKey
ALTER TABLE "case_file" ADD CONSTRAINT "case_file_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "team" ADD CONSTRAINT "team_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guest" ADD CONSTRAINT "guest_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "offer" ADD CONSTRAINT "offer_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff_group" ADD CONSTRAINT "staff_group_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "staff_group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "place" ADD CONSTRAINT "place_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "copy" ADD CONSTRAINT "copy_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "remark" ADD CONSTRAINT "remark_place_id_fkey" FOREIGN KEY ("place_id") REFERENCES "place"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "appointment" ADD CONSTRAINT "appointment_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_centre_id_fkey" FOREIGN KEY ("centre_id") REFERENCES "centre"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "staff" ADD CONSTRAINT "staff_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Whoever was at the desk before there were roles could take every case, and goes on to.
UPDATE "staff" SET "skills" = ARRAY['social', 'lawyer', 'safeguarding', 'trafficking'], "languages" = ARRAY['en', 'ru', 'tg', 'uz', 'ky', 'kk', 'uk', 'cs'];
