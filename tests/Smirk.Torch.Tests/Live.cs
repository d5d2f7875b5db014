namespace Smirk.Torch.Tests;

/// <summary>Tests that count live tensors or choose kernels for the whole process: none of the others may run beside them.</summary>
[CollectionDefinition(nameof(Live), DisableParallelization = true)]
public class Live;
