-- CreateTable
CREATE TABLE "approval" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "kind" TEXT NOT NULL,
    "case_id" UUID,
    "object" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "words" BYTEA NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'asked',
    "asked_by_id" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "breach" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_id" UUID NOT NULL,
    "words" BYTEA NOT NULL,
    "lifted_at" TIMESTAMPTZ(3),

    CONSTRAINT "breach_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "approval_state_expires_at_idx" ON "approval"("state", "expires_at");

-- CreateIndex
CREATE INDEX "approval_case_id_idx" ON "approval"("case_id");

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_case_id_fkey" FOREIGN KEY ("case_id") REFERENCES "case_file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Audit rows are only added (S30). Retention and a restore say in their own transaction that they may take rows away:
-- set local rahnamo.retention = 'on'
create function audit_only_grows() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' or coalesce(current_setting('rahnamo.retention', true), '') <> 'on' then
    raise exception 'Audit rows are only added.' using errcode = 'insufficient_privilege';
  end if;
  return case when tg_op = 'DELETE' then old end;
end $$;

create trigger audit_keeps_rows before update or delete on "audit" for each row execute function audit_only_grows();

create trigger audit_keeps_all before truncate on "audit" for each statement execute function audit_only_grows();
