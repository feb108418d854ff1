import { defineCatalog } from '../../kernel/i18n.ts';

export const httpMessages = defineCatalog('http', {
  en: {
    'need-key': 'Send a valid API key as: Authorization: Bearer …',
    'no-action': 'There is no action {name}. See /docs.',
    'no-lookup': 'There is no lookup {name}. See /docs.',
    'not-looked-up': 'No role of this key has anything to do with {name}.',
    'no-path': 'There is no such path. See /docs.',
    'not-json': 'The body is not JSON.',
    'not-object': 'The body must be a JSON object: the input of the action.',
    'too-large': 'The body is larger than 1 MiB.',
    'key-too-long': 'Idempotency-Key: at most 200 characters.',
    'key-other-body': 'This Idempotency-Key was used with another body. Use a new key for a new call.',
    internal: 'Something went wrong on our side. Nothing was saved.',
  },
  'zh-CN': {
    'need-key': '请提供有效的 API 密钥：Authorization: Bearer …',
    'no-action': '没有名为 {name} 的操作，见 /docs。',
    'no-lookup': '没有名为 {name} 的查询，见 /docs。',
    'not-looked-up': '此密钥的角色无权使用查询 {name}。',
    'no-path': '没有此路径，见 /docs。',
    'not-json': '请求正文不是 JSON。',
    'not-object': '请求正文必须是 JSON 对象，即该操作的输入。',
    'too-large': '请求正文超过 1 MiB。',
    'key-too-long': 'Idempotency-Key 最多 200 个字符。',
    'key-other-body': '此 Idempotency-Key 已用于不同的正文，新的调用请使用新的密钥。',
    internal: '我们这边出了问题，没有保存任何内容。',
  },
});
