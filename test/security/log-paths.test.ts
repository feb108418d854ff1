import { expect, test } from 'vitest';
import { startService } from '../journeys/service.ts';

test('a one-time link that could not be used is not in the log, for it is still good', async () => {
  const service = await startService();
  const secret = 'a-secret-nobody-has-used';
  await service.app.db.close();
  const answer = await service.app.web.request(`/r/${secret}`, { method: 'POST' });
  expect(answer.status).toBe(500);
  expect(service.errors.map(({ fields }) => fields.path)).toContain('/r/:secret');
  expect(JSON.stringify(service.errors.map(({ fields }) => fields))).not.toContain(secret);
  await service.close();
});
