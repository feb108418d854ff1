import { defineCatalog } from '../../kernel/i18n.ts';

/** Words only Teams needs: what the engine cannot say because it was not asked, and what stands around inputs. */
export const teamsMessages = defineCatalog('teams', {
  en: {
    more: '+{count} more',
    refresh: 'Refresh',
    'title-form': 'CRM',
    required: '* must be filled in',
    'value-cut': 'This text is too long to be shown whole; only its beginning is here.',
    yes: 'Yes',
    'not-connected':
      'This company is not connected to the CRM yet. An admin of the CRM gets a code: where the CRM is used already by the link command, else from whoever runs it. Send me that code: {line}',
    connected: 'Connected. Everybody in your company can use the CRM here now.',
    'connected-next': 'Type {help} to see what I can do.',
    outsider:
      'The CRM is only for members of this company. Guests, bots and people from other companies cannot use it.',
    'unknown-request':
      'I cannot do anything with that: it was made by an older version or by another app. Type {help} to go on.',
    'not-saved': 'Not saved: the CRM cannot be reached right now. Try again in a moment.',
    broken: 'Something went wrong on our side. Check with {help} whether it was saved. Request {requestId}.',
    'form-button': 'One more step: the form asks for what is missing.',
    'open-form': 'Open the form',
    'try-again': 'Try again',
    'answered-here': 'The answer stands below.',
    'answered-directly': 'The answer is for you alone: it stands in our chat.',
    'cannot-reach':
      'The answer is for you alone, and I cannot write to you yet. Add the app for yourself, then ask again.',
    'welcome-title': 'CRM',
    welcome:
      'I keep your customers, deals and follow-ups. Say what happened or what you need, to me alone or with a mention in a channel; answers are for your eyes only. Start with {help}.',
    'show-help': 'What I can do',
    show: 'Show',
    'shared-hint': 'Show gives each person what they may see.',
  },
  'zh-CN': {
    more: '还有 {count} 条',
    refresh: '刷新',
    'title-form': 'CRM',
    required: '* 必填',
    'value-cut': '文字太长，无法完整显示，这里只有开头部分。',
    yes: '是',
    'not-connected':
      '贵公司尚未连接 CRM。请 CRM 管理员获取连接码：已在使用 CRM 的地方用绑定命令，否则向 CRM 的运维人员索取。然后把它发给我：{line}',
    connected: '已连接。贵公司的同事现在都可以在这里使用 CRM。',
    'connected-next': '输入 {help} 查看我能做什么。',
    outsider: 'CRM 仅供本公司成员使用，访客、机器人和外部人员不能使用。',
    'unknown-request': '无法处理：它来自旧版本或其他应用。输入 {help} 继续。',
    'not-saved': '未保存：CRM 暂时无法访问，请稍后再试。',
    broken: '我们这边出了问题。请用 {help} 确认是否已保存。请求编号 {requestId}。',
    'form-button': '还差一步：请在表单中补充缺少的内容。',
    'open-form': '打开表单',
    'try-again': '重试',
    'answered-here': '结果在下方。',
    'answered-directly': '答复仅供你本人查看，已发到我们的单独聊天中。',
    'cannot-reach': '答复仅供你本人查看，但我还不能给你发消息。请先为自己添加此应用，然后再问一次。',
    'welcome-title': 'CRM',
    welcome:
      '我管理你们的客户、商机和跟进。告诉我发生了什么或需要什么，可以单独发给我，也可以在频道里提及我；答复只有你能看到。从 {help} 开始。',
    'show-help': '我能做什么',
    show: '查看',
    'shared-hint': '点击“查看”，每个人看到自己有权查看的内容。',
  },
});
