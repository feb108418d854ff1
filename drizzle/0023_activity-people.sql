ALTER TABLE "activities" ADD COLUMN "also_met_ids" uuid[];--> statement-breakpoint
CREATE INDEX "activities_also_met" ON "activities" USING gin ("also_met_ids");