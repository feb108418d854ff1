import { defineCatalog } from '../../kernel/i18n.ts';

/** Words only Slack needs: what the engine cannot say because it was not asked, and Slack's own form buttons. */
export const slackMessages = defineCatalog('slack', {
  en: {
    'not-connected':
      'This workspace is not connected to the CRM (any more). Ask a workspace admin to install the app again.',
    outsider:
      'The CRM is only for members of this workspace. Guests, bots and people from other companies cannot use it.',
    'unknown-command': 'I do not know the command {command}. Type {help} to see what I can do.',
    'unknown-request':
      'I cannot do anything with that: it was made by an older version or by another app. Type {help} to go on.',
    'not-saved': 'Not saved: the CRM cannot be reached right now. Try again in a moment.',
    broken: 'Something went wrong on our side. Check with {help} whether it was saved. Request {requestId}.',
    slow: 'This takes longer than usual. The result will follow here.',
    'form-expired': 'The form could not be opened: Slack allows three seconds and they had passed.',
    'form-refused': 'Slack did not open the form. Try again in a moment. Request {requestId}.',
    'form-button': 'One more step: the form asks for what is missing.',
    'open-form': 'Open the form',
    more: '+{count} more',
    'title-form': 'CRM',
    'title-result': 'CRM',
    cancel: 'Cancel',
    close: 'Close',
    yes: 'Yes',
  },
  'zh-CN': {
    'not-connected': '此工作区未连接 CRM（或已断开）。请工作区管理员重新安装应用。',
    outsider: 'CRM 仅供本工作区成员使用，访客、机器人和外部人员不能使用。',
    'unknown-command': '不认识命令 {command}。输入 {help} 查看我能做什么。',
    'unknown-request': '无法处理：它来自旧版本或其他应用。输入 {help} 继续。',
    'not-saved': '未保存：CRM 暂时无法访问，请稍后再试。',
    broken: '我们这边出了问题。请用 {help} 确认是否已保存。请求编号 {requestId}。',
    slow: '比平时慢一些，结果稍后会显示在这里。',
    'form-expired': '表单没有打开：Slack 只允许三秒，已经超时。',
    'form-refused': 'Slack 没有打开表单，请稍后再试。请求编号 {requestId}。',
    'form-button': '还差一步：请在表单中补充缺少的内容。',
    'open-form': '打开表单',
    more: '还有 {count} 条',
    'title-form': 'CRM',
    'title-result': 'CRM',
    cancel: '取消',
    close: '关闭',
    yes: '是',
  },
});
