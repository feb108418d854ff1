DROP INDEX "outbox_post";--> statement-breakpoint
CREATE INDEX "outbox_post" ON "outbox" USING btree ("org_id","post_id") WHERE post_id is not null;