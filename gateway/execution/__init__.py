"""How a GraphQL operation is run; knows GraphQL, but nothing of klantbeelden.

graphql-core goes through an answer depth first: for each field of each object it builds
an `info`, calls a resolver, completes the value, and goes into it. Of fifty contacts
with ten fields each that is five hundred times the same decisions, some ten
microseconds each: for a page, more than everything else together. Here the same
decisions are taken once for all objects that they are about.

**Plan.** An operation is planned once (`planning.plan`), for each outcome of its `@skip`
and `@include`: which response keys a concrete type has, in which order, and how each
value comes about. A leaf is an attribute of a record; for all leaves of a selection one
function is generated that reads them from a list of records (`planning.leaves`). Other
attributes hold objects. A batch field (`batch`) has a function that takes all parents
at once. Anything else is an ordinary resolver, called for each object. Plans are shared
by all who ask the same and hold nothing of a request.

**Sweep.** The objects of one selection that were found together are a frame
(`running.frame`). Their dicts are made at once, every key in its place, with None where
a value comes later. Then each attribute that holds objects is read as a column
(`running.columns`): its values are sorted by type, each type is a new frame, whose dicts
are put where they belong before any of them is gone into. So a sweep (`running.run`)
goes on, frame by frame and without waiting, until only calls are left.

**Calls.** Batch calls found in a sweep (`running.calls`) are grouped by function and
arguments, wherever they were found: by an interface's field on several types, by
aliases, on two paths. Each group is one call, with each parent once; all are started
together. Whichever returns first is a column like any other, and is swept on while the
others still run: no branch waits for a slow sibling. At the deadline what still runs
fails at its fields, and the rest is answered. Mutations do all this for one root field
after the other.

**What is unusual** in a column, such as an exception, a null, an unknown class or a list
in a list, goes value by value through an exact copy of the specification's CompleteValue
(`running.exact`); so does what a generated reader does not vouch for. An error
(`running.faults`) is told at every place its object has; a null goes up to the nearest
place that may be null. What was nulled lives no longer (`running.frame`): its errors are
dropped, and its fields are not asked.

**Rules.** What must let a field be read stands in the schema (`guarding`) and so in the
plan. What it says is asked of each request, for all objects of a frame at once, before
any value of them is used; graphql-core's own run asks it in the resolver.

What is not run so, introspection and subscriptions, graphql-core runs; `hook` decides
for each operation. Both give the same answers, which is tested with generated
documents (`tests/execution/differential`).

Learnt from: Shopify's breadth-first execution, published with graphql-breadth-exec (one
level of objects as the unit of work); graphql-jit (selections compiled into functions);
Grafast (planning before running, a step for all objects at once).
"""
