namespace Smirk.Gan.Tests;

/// <summary>Tests that count live tensors of the whole process: none of the others may run beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
