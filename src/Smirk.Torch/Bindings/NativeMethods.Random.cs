using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_generator")]
    internal static partial int Generator(ulong seed, int device, out GeneratorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_counted_generator")]
    internal static partial int CountedGenerator(ulong seed, out GeneratorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_philox")]
    internal static partial int Philox(ulong seed, ulong first, long count, int device, int operations, out TensorHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_generator_state")]
    internal static partial int GeneratorState(GeneratorHandle generator, out TensorHandle state);

    [LibraryImport(Library, EntryPoint = "smirk_torch_generator_set_state")]
    internal static partial int SetGeneratorState(GeneratorHandle generator, TensorHandle state);

    [LibraryImport(Library, EntryPoint = "smirk_torch_normal")]
    internal static partial int Normal(TensorHandle target, double mean, double deviation, GeneratorHandle generator);

    [LibraryImport(Library, EntryPoint = "smirk_torch_uniform")]
    internal static partial int Uniform(TensorHandle target, double low, double high, GeneratorHandle generator);

    [LibraryImport(Library, EntryPoint = "smirk_torch_integers")]
    internal static partial int Integers(TensorHandle target, long low, long high, GeneratorHandle generator);

    [LibraryImport(Library, EntryPoint = "smirk_torch_permutation")]
    internal static partial int Permutation(long count, int device, GeneratorHandle generator, out TensorHandle result);
}
