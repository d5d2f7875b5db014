using System.Runtime.InteropServices;

namespace Smirk.Torch.Bindings;

internal static partial class NativeMethods
{
    [LibraryImport(Library, EntryPoint = "smirk_torch_group_available")]
    internal static partial int GroupAvailable();

    [LibraryImport(Library, EntryPoint = "smirk_torch_store", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Store(string host, int port, int serve, long milliseconds, string prefix, out StoreHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_store_free")]
    internal static partial void FreeStore(IntPtr store);

    [LibraryImport(Library, EntryPoint = "smirk_torch_store_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int SetInStore(StoreHandle store, string key, ReadOnlySpan<byte> value, long count);

    [LibraryImport(Library, EntryPoint = "smirk_torch_store_get", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int GetFromStore(StoreHandle store, string key, out TensorHandle value);

    [LibraryImport(Library, EntryPoint = "smirk_torch_group", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Group(StoreHandle store, int rank, int size, string address, out GroupHandle result);

    [LibraryImport(Library, EntryPoint = "smirk_torch_group_free")]
    internal static partial void FreeGroup(IntPtr group);

    [LibraryImport(Library, EntryPoint = "smirk_torch_group_abandon")]
    internal static partial void AbandonGroup(GroupHandle group);

    [LibraryImport(Library, EntryPoint = "smirk_torch_group_sum")]
    internal static partial int SumOverGroup(GroupHandle group, TensorHandle tensor);

    [LibraryImport(Library, EntryPoint = "smirk_torch_group_broadcast")]
    internal static partial int Broadcast(GroupHandle group, TensorHandle tensor, int root);

    [LibraryImport(Library, EntryPoint = "smirk_torch_exchange_begin")]
    internal static partial int BeginExchange(GroupHandle group, ReadOnlySpan<IntPtr> parameters, int count, out IntPtr exchange);

    [LibraryImport(Library, EntryPoint = "smirk_torch_exchange_end")]
    internal static partial int EndExchange(IntPtr exchange);
}
