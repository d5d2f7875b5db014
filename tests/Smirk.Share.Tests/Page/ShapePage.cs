using Smirk.Gan.Tests;

namespace Smirk.Share.Tests.Page;

/// <summary>A page whose generator learnt pictures that were squeezed from 2:3.</summary>
public sealed class ShapePage : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SharedPage _shared;

    public ShapePage() => _shared = new SharedPage(TinyPack.Write(_folder, size: 32, aspect: "2:3"));

    /// <summary>The page and its snapshot.</summary>
    public SharedPage Shared => _shared;

    public void Dispose()
    {
        _shared.Dispose();
        _folder.Dispose();
    }
}
