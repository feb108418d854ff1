import { expect, test } from 'vitest';
import { readProfile } from '../../../src/platforms/teams/profile.ts';

const member = {
  id: '29:wei',
  name: 'Chen Wei',
  aadObjectId: 'a1',
  email: 'wei@east.example',
  userPrincipalName: 'wei@east.example',
  userRole: 'user',
  tenantId: 'T1',
};

test.each([
  ['a guest', { userRole: 'guest' }],
  ['somebody without an account', { userRole: 'anonymous' }],
  ['somebody in a role that came later', { userRole: 'federated' }],
  ['a user of another company in a shared channel', { tenantId: 'T2' }],
])('%s is an outsider', (_, change) => {
  expect(readProfile({ ...member, ...change }, 'T1', undefined).isOutsider).toBe(true);
});

test('a user of the company is none, also where Teams says nothing of roles', () => {
  const { userRole: _, tenantId: __, ...bare } = member;
  for (const one of [member, bare]) expect(readProfile(one, 'T1', undefined).isOutsider).toBe(false);
});

test('nobody is an admin of the CRM by what Teams says', () => {
  expect(readProfile({ ...member, userRole: 'user' }, 'T1', undefined).isOwnerOrAdmin).toBe(false);
});

test('somebody without a name is called by what they sign in with', () => {
  expect(readProfile({ ...member, name: ' ' }, 'T1', undefined).name).toBe('wei@east.example');
  expect(readProfile({ id: '29:wei' }, 'T1', undefined)).toMatchObject({ name: '29:wei', email: null });
});
