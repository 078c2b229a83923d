"use strict";

// Prints what graphql-http finds at an address, as JSON.

const { auditServer } = require("graphql-http");

auditServer({ url: process.argv[2] }).then((found) => {
  const told = found.map(({ name, status, reason }) => ({ name, status, reason }));
  process.stdout.write(JSON.stringify(told));
});
