-- CreateTable
CREATE TABLE "report_form" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "programme_id" UUID NOT NULL,
    "version" TEXT NOT NULL,
    "form" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "report_form_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "person_id" UUID NOT NULL,
    "programme_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'due',
    "locked" BOOLEAN NOT NULL DEFAULT false,
    "extended_to" DATE,
    "sent_at" TIMESTAMPTZ(3),
    "reopened" JSONB,
    "draft" BYTEA,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_version" (
    "report_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "form_id" UUID NOT NULL,
    "answers" BYTEA,
    "channel" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_version_pkey" PRIMARY KEY ("report_id","number")
);

-- CreateTable
CREATE TABLE "report_event" (
    "id" BIGSERIAL NOT NULL,
    "report_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "staff_id" UUID,
    "reason" BYTEA,
    "about" JSONB,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report_reminder" (
    "person_id" UUID NOT NULL,
    "about" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_reminder_pkey" PRIMARY KEY ("person_id","about")
);

-- CreateTable
CREATE TABLE "report_figure" (
    "group_id" UUID NOT NULL,
    "period" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "option" TEXT NOT NULL DEFAULT '',
    "value" DOUBLE PRECISION NOT NULL,
    "reports" INTEGER NOT NULL,

    CONSTRAINT "report_figure_pkey" PRIMARY KEY ("group_id","period","city","question","option")
);

-- CreateIndex
CREATE UNIQUE INDEX "report_form_programme_id_version_key" ON "report_form"("programme_id", "version");

-- CreateIndex
CREATE INDEX "report_programme_id_period_idx" ON "report"("programme_id", "period");

-- CreateIndex
CREATE UNIQUE INDEX "report_person_id_programme_id_period_key" ON "report"("person_id", "programme_id", "period");

-- CreateIndex
CREATE INDEX "report_event_report_id_idx" ON "report_event"("report_id");

-- AddForeignKey
ALTER TABLE "report_form" ADD CONSTRAINT "report_form_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programme"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_programme_id_fkey" FOREIGN KEY ("programme_id") REFERENCES "programme"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_version" ADD CONSTRAINT "report_version_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_version" ADD CONSTRAINT "report_version_form_id_fkey" FOREIGN KEY ("form_id") REFERENCES "report_form"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_event" ADD CONSTRAINT "report_event_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_event" ADD CONSTRAINT "report_event_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "staff"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "report_reminder" ADD CONSTRAINT "report_reminder_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;
