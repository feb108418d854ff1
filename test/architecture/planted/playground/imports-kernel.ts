import '../kernel/imports-view.ts';
