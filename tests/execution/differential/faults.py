"""The traps that an executor can fall into, each as a change of this one's source."""

from tests.execution.differential.planting import Fault

NULLS = (
    Fault(
        "null stays at the field, not at the nearest that may be null",
        "running.faults",
        "while depth >= 0 and field.non_null[depth]:",
        "while depth > 0 and field.non_null[depth]:",
    ),
    Fault(
        "an item that may not be null is null",
        "running.exact",
        "        if isinstance(kind, GraphQLNonNull):\n            raise _Nulled\n",
        "",
    ),
    Fault(
        "a null is put where none may be, for all rows at once",
        "running.columns",
        "plain = [NoneType] if not field.non_null[0] else []",
        "plain = [NoneType]",
    ),
    Fault(
        "what is found is gone into before all of it is in place",
        "running.run",
        "        self._place = Columns(self._operation, self._calls.wait).place\n",
        "        columns = Columns(self._operation, self._calls.wait)\n"
        "        self._place, enter = columns.place, columns._entered\n"
        "        def at_once(*of):\n"
        "            frame = enter(*of)\n"
        "            self._operation.entered.remove(frame)\n"
        "            self._go_into(frame)\n"
        "            return frame\n"
        "        columns._entered = at_once\n",
    ),
    Fault(
        "an exception in a list is taken as a value",
        "running.exact",
        "if isinstance(item, Exception):",
        "if False:",
    ),
    Fault(
        "an object that is null already is told of where it stood",
        "running.faults",
        "frame.paths(index, living=self.harmed)",
        "frame.paths(index, living=False)",
        "running/test_errors.py::test_of_what_is_shared_it_is_told_where_it_still_stands",
    ),
    Fault(
        "objects that no longer stand anywhere are asked",
        "running.calls",
        "if isinstance(each, _Call) and self._operation.faults.harmed:",
        "if False:",
        "running/test_sharing.py::test_nobody_is_asked_for_what_is_null_already",
    ),
    Fault(
        "an object is told of at its first place only",
        "running.faults",
        "for keys, order in paths:",
        "for keys, order in paths[:1]:",
    ),
)

TOLD = (
    Fault(
        "only the first of several places in the document is told",
        "running.located",
        'GraphQLError("", field.nodes)',
        'GraphQLError("", field.nodes[:1])',
    ),
    Fault(
        "errors stand in the order in which they happened",
        "running.faults",
        "sorted(self._errors, key=lambda each: each[0])",
        "self._errors",
    ),
    Fault(
        "a resolver is not told of which type its path is",
        "running.operation",
        "path = Path(path, field.key, field.parent_type.name)",
        "path = Path(path, field.key, None)",
    ),
)

LEAVES = (
    Fault(
        "fields that are read later come last",
        "planning.leaves",
        "            values.append(blanks[-1])\n",
        "            pass\n",
    ),
    Fault(
        "a truth passes for a number",
        "planning.leaves",
        'GraphQLInt: "{x} if {x}.__class__ is int"',
        'GraphQLInt: "{x} if isinstance({x}, int)"',
    ),
    Fault(
        "a number may have more than 32 bits",
        "planning.leaves",
        " and -2147483648 <= {x} <= 2147483647 else",
        " else",
    ),
    Fault(
        "a number may be none",
        "planning.leaves",
        "{x}.__class__ is float and isfinite({x})",
        "{x}.__class__ is float",
    ),
    Fault(
        "anything passes for a text",
        "planning.leaves",
        'GraphQLString: "{x} if {x}.__class__ is str"',
        'GraphQLString: "{x} if True"',
    ),
    Fault(
        "a scalar that makes nothing of its value gives null",
        "planning.leaves",
        "        if found is None or found is Undefined:\n"
        "            raise NotVouchedFor\n",
        "",
    ),
    Fault(
        "an enum's value is told, not its name",
        "planning.leaves",
        "{member: kind.coerce_output_value(member) for member in members}",
        "{member: member.value for member in members}",
    ),
)

PLANS = (
    Fault(
        "of merged fields the first says what is asked",
        "planning.plan",
        "            field.details,\n            self._hide_suggestions,\n",
        "            field.details[:1],\n            self._hide_suggestions,\n",
    ),
    Fault(
        "what is skipped is decided by who asked first",
        "planning.plans",
        "key = tuple(deciding.items())",
        "key = ()",
    ),
    Fault(
        "a selection is known by its type only",
        "planning.plan",
        "key = (kind, *(id(each.node) for each in field.details))",
        "key = (kind,)",
    ),
    Fault(
        "a plan is used for another schema",
        "planning.plans",
        "self._node is asked.operation and self._schema is asked.schema",
        "self._node is asked.operation",
        "planning/test_plans.py::test_the_same_document_on_another_schema_is_planned_anew",
    ),
    Fault(
        "a plan keeps the request that was first",
        "planning.plan",
        "        self._schema = asked.schema\n",
        "        self._schema = asked.schema\n        self._asked = asked\n",
        "planning/test_plans.py::test_nothing_of_a_request_is_kept",
    ),
    Fault(
        "arguments are kept from one request to the next",
        "running.operation",
        "    def arguments(self, field: Field) -> dict[str, object]:\n",
        "    def arguments(self, field):\n"
        "        kept = globals().setdefault('_KEPT', {})\n"
        "        if field not in kept:\n"
        "            kept[field] = self._arguments(field)\n"
        "        return kept[field]\n\n"
        "    def _arguments(self, field):\n",
    ),
)

TYPES = (
    Fault(
        "the type of a field that has one is taken for granted",
        "running.exact",
        "if kind.is_type_of is not None and not",
        "if kind.is_type_of is not None and is_abstract_type(field.named) and not",
    ),
    Fault(
        "the type of a record is known by its class, though a value decides",
        "running.exact",
        "len(self.field.by_class) < MOST_CLASSES and _is_decided_by_class(",
        "len(self.field.by_class) < MOST_CLASSES or _is_decided_by_class(",
    ),
)

CALLS = (
    Fault(
        "calls with other arguments are one",
        "running.calls",
        "                and same(each.arguments, arguments)\n",
        "",
    ),
    Fault(
        "each type asks by itself",
        "running.calls",
        "and each.function is function",
        "and each.parts[0].field is field",
        "test_batch.py::test_types_that_share_a_batch_field_share_the_call",
    ),
    Fault(
        "a parent that stands twice is handed over twice",
        "running.calls",
        "once = dict(zip(map(id, parents), parents, strict=True))",
        "once = dict(enumerate(parents))",
        "running/test_sharing.py::test_a_parent_is_handed_over_once_and_answered_everywhere",
    ),
    Fault(
        "what must be awaited is taken as it is",
        "running.columns",
        "if is_unsettled(value, field.depth):",
        "if False:",
    ),
    Fault(
        "an iterator is gone through too late to await what it gives",
        "running.settling",
        "if depth == 0 or not is_iterable(value):",
        "if True:",
    ),
    Fault(
        "a batch that fails takes the others along",
        "running.calls",
        "except Exception as error:  # noqa: BLE001 - an error of each parent",
        "except ZeroDivisionError as error:",
    ),
    Fault(
        "nobody counts what a batch gives",
        "running.calls",
        "checked = check_number(self.function, distinct, result)",
        "checked = list(result)",
    ),
    Fault(
        "all wait for the slowest",
        "running.calls",
        "        if self._running and not self._done:\n",
        "        while len(self._done) < len(self._running):\n",
        "running/test_deadlines.py::test_each_branch_waits_for_its_own_calls_only",
    ),
    Fault(
        "what was started is left behind",
        "running.calls",
        "    def _break_off(self) -> None:\n",
        "    def _break_off(self) -> None:\n        self._running.clear()\n",
        "running/test_cancelling.py::test_an_operation_that_is_broken_off_leaves_nothing_behind",
    ),
    Fault(
        "a flight that somebody else broke off ends the operation",
        "running.calls",
        "if is_ending():",
        "if True:",
        "running/test_cancelling.py::test_a_call_that_somebody_else_broke_off_is_an_error_of_its_field",
    ),
)

MUTATIONS = (
    Fault(
        "mutations run side by side",
        "running.run",
        "if executor.operation.operation is OperationType.MUTATION:",
        "if False:",
    ),
    Fault(
        "mutations go on after data is null",
        "running.run",
        "            if frame.gone:\n                return None\n",
        "",
    ),
)

RULES = (
    Fault(
        "leaves are read without a rule",
        "running.operation",
        "            doubtful += _closed(frame, outs)\n",
        "            pass\n",
    ),
    Fault(
        "batches and objects are read without a rule",
        "running.operation",
        "        if refusals is None:\n            return rows\n",
        "        if True:\n            return rows\n",
    ),
    Fault(
        "resolvers are called without a rule",
        "running.operation",
        "return field.definition.resolve or",
        "return getattr(field.definition.resolve, '__wrapped__', None) or",
    ),
    Fault(
        "extensions that want to see each field see none",
        "hook",
        "manager is not None and bool(manager.middlewares),",
        "False,",
        "test_hook.py::test_an_extension_that_takes_part_in_each_field_does",
    ),
)

FAULTS = (*NULLS, *TOLD, *LEAVES, *PLANS, *TYPES, *CALLS, *MUTATIONS, *RULES)
