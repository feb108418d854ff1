import { asJson } from '../json.ts';
import { ApiError, type ApiMethod, structured } from './api-call.ts';
import { botIdOf } from './messages.ts';
import { checkBlocks, checkView } from './validate.ts';

const authTest: ApiMethod = ({ workspace }) => ({
  ok: true,
  url: `https://${workspace.domain}.slack.com/`,
  team: workspace.name,
  user: (workspace.appName ?? 'Parley').toLowerCase(),
  team_id: workspace.id,
  user_id: workspace.botUserId,
  bot_id: botIdOf(workspace.botUserId),
  is_enterprise_install: false,
});

const teamInfo: ApiMethod = ({ workspace }) => ({
  ok: true,
  team: { id: workspace.id, name: workspace.name, domain: workspace.domain, email_domain: '', icon: {} },
});

const blocksValidate: ApiMethod = ({ args }) => {
  const [kind, ...others] = ['blocks', 'message', 'view'].filter((name) => args[name] !== undefined);
  if (!kind || others.length > 0) throw new ApiError('invalid_arguments');
  const payload = structured(args[kind]);
  const problems =
    kind === 'view'
      ? checkView(payload)
      : kind === 'blocks'
        ? checkBlocks(payload)
        : checkBlocks(asJson(payload).blocks ?? [], 'message', '/blocks');
  if (problems.length > 0) throw new ApiError(`invalid_${kind}`, { errors: problems });
  return { ok: true };
};

export const otherMethods: Record<string, ApiMethod> = {
  'auth.test': authTest,
  'team.info': teamInfo,
  'blocks.validate': blocksValidate,
};
