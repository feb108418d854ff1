import '../teams/mount.ts';
import '../../features/org/members/api.ts';
import 'drizzle-orm';
