namespace Smirk.Gan.Tests;

/// <summary>Tests that count live tensors of the whole process, or need sums to be rounded alike, which the number of threads decides:
/// none of the others may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
