import fc from 'fast-check';

// Properties that name no number of their own.
fc.configureGlobal({ numRuns: Number(process.env.PROPERTY_RUNS ?? 2000) });
