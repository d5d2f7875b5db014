// Tests start browsers and count memory: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
