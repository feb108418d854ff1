/**
 * About forty records that cover every state. They fill the playground and every test organization; examples of
 * actions refer to them by visible number, so numbers do not move: new records go to the end of their list.
 *
 * | Who | Role | Where |
 * |---|---|---|
 * | Emma Clark | rep (performs examples `as: 'rep'`) | team Tom Becker, West; London |
 * | Tom Becker | manager of West (examples `as: 'manager'`) | Berlin |
 * | Ada Young | admin and manager of everybody (`as: 'admin'`) | London |
 * | Wei Zhang, Wang Lei | reps | team Li Na, East; Shanghai, Chinese |
 * | Li Na | manager of East | Shanghai, Chinese |
 * | Chen Jing | finance | Shanghai, Chinese |
 * | Noah Patel · Pia Lindqvist · Anna Snelling | read-only · partner · rep nobody has claimed | |
 *
 * | Number | What it is |
 * |---|---|
 * | C-1 Acme Hydraulics | Emma; five contacts, one of them left; D-1 open, D-3 lost |
 * | C-2 远景泵业有限公司 | Wei; user; K-5 decides |
 * | C-3 Nova Robotics | Wei; hangs on one contact |
 * | C-4 Bolt Ltd | Emma; order customer after D-2 |
 * | C-5 瑞奇自动化 | Wang; no contacts |
 * | C-6 `*bold* <!channel> & Söhne GmbH` | Emma; markup in the name; to identify |
 * | C-7 Grünwald Technik AG | Tom; loyal |
 * | C-8 Harbour Logistics | Anna; lost |
 * | C-9 东方泵业集团 | Wang; user |
 * | C-10 Pumpworks Asia | Emma; part of C-1; no contacts |
 * | C-11 Old Mill Works | Emma; archived |
 * | K-1 Jane Wu | decides at C-1; K-2 influences, K-3 uses, K-4 blocks, K-12 has left |
 * | K-13 Tina Marsh | at C-1; archived |
 * | K-5, K-6 · K-7 · K-8 · K-9 · K-10 · K-11 | at C-2 · C-3 · C-4 (decides) · C-6 · C-7 · C-9 |
 * | L-1 Delta Compressors | Emma; open, plan clock running |
 * | L-2 · L-3 | Emma; nurture · dropped (no-budget) |
 * | L-4 Acme Hydraulics | Emma; became D-1 |
 * | L-5 · L-6 | Wei; plan late · plan filed (step due today) |
 * | L-7 · L-8 · L-9 | Wang, clock running · nobody's, plan late · Emma, dropped and archived |
 * | L-10 `*Bold* Foods <!here>` | Emma; open, plan late |
 * | D-1 40 pumps | Emma, C-1; tracking, EUR 80,000, step due today |
 * | D-2 · D-3 | Emma; won at C-4 · lost at C-1 to Grundfos |
 * | D-4 Pilot line | Emma, C-6; qualify, no amount, no close date, step overdue |
 * | D-5 二期生产线 | Wei, C-2; negotiation, CNY 860,000 |
 * | D-6 Robot cells | Wei, C-3; stuck in quote for 21 days, pushed twice, step overdue |
 * | D-7 备件框架 | Wei; qualify, no account, no next step |
 * | D-8 自动化改造 | Wang, C-5; contract, CNY 1,200,000 |
 * | D-9 · D-10 | Wang, C-9; won · lost |
 * | D-11 Retrofit hall 3 | Tom, C-7; negotiation, expected close date has passed |
 * | D-12 Sample order | Emma, C-10; qualify, no next step |
 * | D-13 Old mill order | Emma, C-1; archived |
 * | Q-1 · Q-2 | Emma; accepted for D-2 · sent for D-1, expires in two days |
 * | Q-3 · Q-4 | Emma, draft for D-12 · Wei, sent for D-5 |
 * | A-1 · A-4 · A-5 | discounts that wait: Emma, 15 % on D-12, for Tom · Wei, 15 % on D-6, for Li Na and then Chen · Tom, 8 % on D-11, for Ada |
 * | A-2 · A-3 | Wang's on D-9, Li Na gave less · Emma's on D-3, Tom said no |
 * | open next steps | D-1 today, D-4 yesterday, C-4 in 5 days (Emma); D-5, D-6, L-6 (Wei); D-8 (Wang); D-11 (Tom) |
 * | products | Pump P40, Control unit CU8, 自动化单元 A2, Seal set S1, Service hour; costs, and prices by class and quantity |
 * | targets | Emma this and last month, Wei this month, Wang this and next month |
 */
export { seedDemoDesk } from './demo-set/desks.ts';
export {
  type DemoPerson,
  type DemoPersonKey,
  demoActors,
  demoChannels,
  demoPeople,
} from './demo-set/people.ts';
export { linkIdentities } from './demo-set/queries.ts';
export { linkDemoPeople, seedDemoSet } from './demo-set/seed.ts';
