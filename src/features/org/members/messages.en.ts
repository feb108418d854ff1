/** English texts of members. */
export const en = {
  member: 'Person',
  unit: 'Team or branch',
  region: 'branch',
  team: 'team',
  'no-chat': 'no chat account yet',
  'see-not-change': 'You can see {label} but not {doing} it. {people} can.',
  'not-see': 'You may not see all of {label}. {people} can.',
  'doing-change': 'change',
  'is-owner': '{name} (owner)',
  'an-admin': 'An admin',
  'mention-unknown':
    '{name} is not in the CRM yet. As soon as {name} has typed one line here, they are known; then repeat this.',
} as const;
