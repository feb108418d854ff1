import { asJson, asList, asText } from '../json.ts';
import { ApiError, type ApiMethod, structured } from './api-call.ts';
import { linksOfApp, urlsIn } from './links.ts';
import { unfurlMessage } from './messages.ts';
import { checkBlocks, problemLine } from './validate.ts';
import { placeOf } from './world.ts';

/** Shows something for links of the app's own domains, in any channel: the app need not be in it. */
export const unfurl: ApiMethod = ({ world, workspace, args }) => {
  const [channel, ts] = [asText(args.channel), asText(args.ts)];
  if (!channel) throw new ApiError('missing_channel');
  if (!ts) throw new ApiError('missing_ts');
  const place = placeOf(world, workspace.id, channel);
  if (!place) throw new ApiError('cannot_find_channel');
  const message = world.messages.find(
    (one) => one.team === workspace.id && one.channel === place.id && one.ts === ts && !one.isDeleted,
  );
  if (!message) throw new ApiError('cannot_find_message');
  const offered = Object.entries(asJson(structured(args.unfurls)));
  if (offered.length === 0) throw new ApiError('missing_unfurls');
  const ours = linksOfApp(message.text, workspace).map(({ url }) => url);
  const unfurls = offered.map(([url, attachment]) => {
    if (!urlsIn(message.text).includes(url)) throw new ApiError('cannot_unfurl_message');
    if (!ours.includes(url)) throw new ApiError('cannot_unfurl_url');
    const blocks = asList(asJson(attachment).blocks);
    const problems = checkBlocks(blocks, 'message', `/unfurls/${url}/blocks`);
    if (blocks.length === 0 || problems.length > 0) {
      throw new ApiError('cannot_parse_attachment', { errors: problems.map(problemLine) });
    }
    return { url, blocks };
  });
  unfurlMessage(world, message, unfurls);
  return { ok: true };
};
