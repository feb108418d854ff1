import { asList, asText, type Json } from '../json.ts';
import { ApiError, type ApiMethod, required, structured } from './api-call.ts';
import { addMessage } from './messages.ts';
import { placeOf, type World } from './world.ts';

interface Upload {
  team: string;
  name: string;
  bytes: number;
  content: Uint8Array | undefined;
  isShared: boolean;
}

const uploadsOf = new WeakMap<World, Map<string, Upload>>();

function uploads(world: World): Map<string, Upload> {
  const known = uploadsOf.get(world) ?? new Map<string, Upload>();
  uploadsOf.set(world, known);
  return known;
}

/** What was sent to an upload address; `undefined` if the file is unknown. */
export function putFile(world: World, id: string, content: Uint8Array): boolean {
  const upload = uploads(world).get(id);
  if (!upload) return false;
  upload.content = content;
  return true;
}

/** The bytes of a shared file, for a look at what was delivered. */
export function fileContent(world: World, id: string): Uint8Array | undefined {
  const upload = uploads(world).get(id);
  return upload?.isShared ? upload.content : undefined;
}

/** @param base where the stand-in's own routes are reachable */
export function fileMethods(base: () => string): Record<string, ApiMethod> {
  const getUploadUrl: ApiMethod = ({ world, workspace, args }) => {
    const name = required(args, 'filename');
    const bytes = Number(args.length);
    if (!Number.isInteger(bytes) || bytes <= 0) throw new ApiError('invalid_arguments');
    const id = world.nextId('F');
    uploads(world).set(id, { team: workspace.id, name, bytes, content: undefined, isShared: false });
    return { ok: true, file_id: id, upload_url: `${base()}/upload/${id}` };
  };

  const complete: ApiMethod = ({ world, workspace, args }) => {
    const wanted = asList(structured(args.files));
    if (wanted.length === 0) throw new ApiError('invalid_arguments');
    const files = wanted.map((entry) => {
      const upload = uploads(world).get(asText(entry.id));
      if (!upload || upload.team !== workspace.id || !upload.content) throw new ApiError('file_not_found');
      return {
        id: asText(entry.id),
        title: asText(entry.title) || upload.name,
        name: upload.name,
        bytes: upload.bytes,
      };
    });
    for (const { id } of files) {
      const upload = uploads(world).get(id);
      if (upload) upload.isShared = true;
    }
    const channel = asText(args.channel_id);
    if (channel) {
      const place = placeOf(world, workspace.id, channel);
      if (!place) throw new ApiError('channel_not_found');
      addMessage(world, {
        team: workspace.id,
        channel: place.id,
        author: workspace.botUserId,
        isBot: true,
        kind: 'message',
        text: asText(args.initial_comment),
        threadTs: asText(args.thread_ts) || undefined,
        files,
      });
    }
    return { ok: true, files: files.map(({ id, title }): Json => ({ id, title })) };
  };

  return { 'files.getUploadURLExternal': getUploadUrl, 'files.completeUploadExternal': complete };
}
