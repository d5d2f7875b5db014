using System.Text;

namespace Smirk.Share.Page;

/// <summary>The files of web/, which travel in the program.</summary>
internal static class PageParts
{
    private const string Folder = "web/";

    /// <summary>A file as text.</summary>
    /// <param name="name">Such as "page/page.css".</param>
    public static string Text(string name) => Encoding.UTF8.GetString(Bytes(name));

    /// <summary>A file's bytes.</summary>
    public static byte[] Bytes(string name)
    {
        using var stream = typeof(PageParts).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The program was built without {Folder}{name}.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
