-- CreateTable
CREATE TABLE "key_check" (
    "hash" BYTEA NOT NULL,

    CONSTRAINT "key_check_pkey" PRIMARY KEY ("hash")
);
