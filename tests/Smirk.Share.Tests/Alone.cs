// Tests count live tensors, start browsers and use all cores: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
