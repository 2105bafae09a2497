-- CreateTable
CREATE TABLE "attendance_event" (
    "id" BIGSERIAL NOT NULL,
    "session_id" UUID NOT NULL,
    "enrolment_id" UUID NOT NULL,
    "point" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "kind" TEXT NOT NULL,
    "was" TEXT,
    "becomes" TEXT,
    "minutes" INTEGER,
    "why" BYTEA,
    "by_id" UUID,
    "once" TEXT,

    CONSTRAINT "attendance_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "checkin_try" (
    "id" BIGSERIAL NOT NULL,
    "person_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "checkin_try_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "attendance_event_enrolment_id_idx" ON "attendance_event"("enrolment_id");

-- CreateIndex
CREATE UNIQUE INDEX "attendance_event_session_id_enrolment_id_once_key" ON "attendance_event"("session_id", "enrolment_id", "once");

-- CreateIndex
CREATE INDEX "checkin_try_person_id_at_idx" ON "checkin_try"("person_id", "at");

-- AddForeignKey
ALTER TABLE "attendance_event" ADD CONSTRAINT "attendance_event_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "training_session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_event" ADD CONSTRAINT "attendance_event_enrolment_id_fkey" FOREIGN KEY ("enrolment_id") REFERENCES "enrolment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attendance_event" ADD CONSTRAINT "attendance_event_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "checkin_try" ADD CONSTRAINT "checkin_try_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
