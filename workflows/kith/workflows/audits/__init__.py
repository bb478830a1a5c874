"""Policies in Gherkin: what a scenario means, whether a log kept to it, and how that is told.

Most callers need only ``Kith.audit``. Below it::

    from kith.workflows.audits.running import audit, compile_policies, compile_text, shipped, wanted

    policies = compile_policies([shipped()])      # or files and folders; raises FaultyPolicies with .problems
    with store.reading() as reading:
        report = audit(reading, policies, wanted(as_of=None, now=now, order="happened", seeker=seeker_id))

The vocabulary is in ``vocabulary``: ``NAMES`` (events), ``ATTRIBUTES``, and the steps ``BEFORE`` and ``THEN``; what a
policy compiles to is in ``compiled``, the report in ``report``. A worked example is run by ``selftest.breakers``.
"""
