import { AppError } from '../kernel/errors.ts';
import type { Engine } from './engine.ts';
import type { Visitor, WebMember } from './interaction.ts';
import { engineMessages as t } from './messages.ts';

/** The organization does too much at once. Nothing was begun. */
export class TooMany extends AppError {
  readonly seconds: number;

  constructor(seconds: number) {
    super('rate_limited', t('too-many', { seconds }));
    this.seconds = seconds;
  }
}

/** Counts one thing somebody does, before it costs a transaction. Throws TooMany. */
export function takeTurn({ turns }: Engine, orgId: string): void {
  const seconds = turns.take(orgId);
  if (seconds !== undefined) throw new TooMany(seconds);
}

/** The same for a person on a platform; who belongs nowhere is told so later. */
export async function takeTurnOf(engine: Engine, person: Visitor | WebMember): Promise<void> {
  const orgId =
    person.platform === 'web'
      ? person.orgId
      : await engine.sessions.organizationOf(person.platform, person.installation);
  if (orgId !== undefined) takeTurn(engine, orgId);
}
