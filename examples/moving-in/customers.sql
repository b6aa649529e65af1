select email,
       name,
       password as passwordHash,
       strftime('%Y-%m-%dT%H:%M:%SZ', createdAt / 1000, 'unixepoch') as createdAt
  from "Customer"
 order by createdAt;
