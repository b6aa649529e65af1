-- Of one step of a statement, where it needs so much: the customers of a month, counted in memory instead of in the order of an index (docs/benchmarks.md).
-- PostgreSQL's own is 4 MB.
alter role store_worker set work_mem = '16MB';
