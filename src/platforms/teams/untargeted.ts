const forgetAfterMs = 60 * 60_000;

/** Tenants whose service has refused messages to one person of a channel: asking again costs every answer a call. */
export class Untargeted {
  private readonly until = new Map<string, number>();
  private readonly now: () => Date;

  constructor(now: () => Date) {
    this.now = now;
  }

  add(tenantId: string): void {
    this.until.set(tenantId, this.now().getTime() + forgetAfterMs);
  }

  has(tenantId: string): boolean {
    const until = this.until.get(tenantId);
    if (until === undefined) return false;
    if (until > this.now().getTime()) return true;
    this.until.delete(tenantId);
    return false;
  }
}
