-- CreateTable
CREATE TABLE "house_key" (
    "name" TEXT NOT NULL,
    "wrapped" BYTEA NOT NULL,

    CONSTRAINT "house_key_pkey" PRIMARY KEY ("name")
);
