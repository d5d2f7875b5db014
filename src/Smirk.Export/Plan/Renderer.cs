using Smirk.Dataset.Memory;
using Smirk.Dataset.Pack;
using Smirk.Imaging;
using Smirk.Imaging.Formats;
using Smirk.Imaging.Reading;
using Smirk.Imaging.Writing;
using Smirk.Workspace;
using Smirk.Workspace.Blobs;
using Smirk.Workspace.Errors;
using Smirk.Workspace.Packs;
using Smirk.Workspace.Safetensors;

namespace Smirk.Export.Plan;

/// <summary>Makes the pixels of items. Called from all cores at once.</summary>
internal sealed class Renderer : IDisposable
{
    private readonly SmirkWorkspace _workspace;
    private readonly MemoryBudget _memory = new();
    private readonly SafetensorsFile? _pack;
    private readonly int _channels;

    /// <summary>Opens the pack, where squares are taken.</summary>
    public Renderer(SmirkWorkspace workspace, string? packFolder)
    {
        _workspace = workspace;
        if (packFolder is null)
            return;
        _pack = SafetensorsFile.Open(Path.Combine(packFolder, PackFolder.Pixels));
        _channels = (int)_pack[PackFolder.TensorName].Shape[1];
    }

    /// <summary>The item as PNG: 8-bit RGB, upright, without alpha. A stored one that is all that already goes on byte by byte.</summary>
    /// <exception cref="UnusablePictureException">The stored picture is damaged.</exception>
    /// <exception cref="UnusableInputException">It is gone.</exception>
    public byte[] Png(ExportItem item)
    {
        if (_pack is not null)
            return QuickPng.Encode(Square(item));
        var bytes = _workspace.Pictures.Read(item.Picture.Sha256);
        return IsWhole(item) && IsPlainRgb(bytes) && BlobStore.NameOf(bytes) == item.Picture.Sha256 ? bytes
            : QuickPng.Encode(Decoded(item, bytes));
    }

    /// <summary>The item's pixels.</summary>
    /// <inheritdoc cref="Png(ExportItem)"/>
    public Picture Picture(ExportItem item) =>
        _pack is not null ? Square(item) : Decoded(item, _workspace.Pictures.Read(item.Picture.Sha256));

    /// <summary>The item's pixels, its shorter side at most <paramref name="side"/> long.</summary>
    /// <inheritdoc cref="Png(ExportItem)"/>
    public Picture Small(ExportItem item, int side)
    {
        var geometry = item.Geometry;
        var scale = Math.Min(1, (double)side / Math.Min(geometry.FullWidth, geometry.FullHeight));
        if (_pack is not null || scale == 1)
            return Picture(item);
        return Picture(item with
        {
            Geometry = geometry with
            {
                Width = Math.Max(1, (int)(geometry.Width * scale)),
                Height = Math.Max(1, (int)(geometry.Height * scale)),
                PadTo = (int)(geometry.PadTo * scale),
            },
        });
    }

    /// <inheritdoc/>
    public void Dispose() => _pack?.Dispose();

    private Picture Decoded(ExportItem item, byte[] bytes)
    {
        var geometry = item.Geometry;
        using var turn = _memory.Turn();
        var shortest = Math.Min(item.Picture.Width, item.Picture.Height);
        var shrink = Math.Ceiling(shortest * Math.Max((double)geometry.Width / geometry.PartWidth, (double)geometry.Height
            / geometry.PartHeight));
        var options = new DecodeOptions { ShrinkTo = (int)shrink, MaxPixels = long.MaxValue, MaxBytes = long.MaxValue };
        var picture = PictureReader.Decode(bytes, options, turn.Admit);
        var (across, down) = ((double)picture.Width / item.Picture.Width, (double)picture.Height / item.Picture.Height);
        if (item.Recipe is { } recipe)
            return recipe.Scaled(across, down).Cut(picture, geometry.Width);
        var (x, y) = ((int)Math.Round(geometry.X * across), (int)Math.Round(geometry.Y * down));
        var (width, height) = (Part(geometry.PartWidth * across, picture.Width - x), Part(geometry.PartHeight * down, picture.Height - y));
        if (x != 0 || y != 0 || width != picture.Width || height != picture.Height)
            picture = picture.Crop(x, y, width, height);
        if (picture.Width != geometry.Width || picture.Height != geometry.Height)
            picture = picture.Resize(geometry.Width, geometry.Height);
        return geometry.PadTo == 0 || (geometry.PadTo == geometry.Width && geometry.PadTo == geometry.Height) ? picture
            : SquareFit.PadByReflection(picture, geometry.PadTo);
    }

    private Picture Square(ExportItem item)
    {
        var size = (int)_pack![PackFolder.TensorName].Shape[2];
        var plane = size * size;
        var planes = _pack.Bytes(PackFolder.TensorName, (long)item.Row.Row * plane * _channels, plane * _channels);
        var pixels = new byte[plane * 3];
        for (var channel = 0; channel < 3; channel++)
        {
            var from = planes.Slice((_channels == 3 ? channel : 0) * plane, plane);
            for (var i = 0; i < plane; i++)
                pixels[(i * 3) + channel] = from[i];
        }

        // Squares of other shapes than 1:1 were squeezed.
        return new Picture(size, size, pixels).Resize(item.Geometry.Width, item.Geometry.Height);
    }

    private static int Part(double length, int most) => Math.Clamp((int)Math.Round(length), 1, most);

    private static bool IsWhole(ExportItem item) => item.Recipe is null
        && item.Geometry == new Geometry(0, 0, item.Picture.Width, item.Picture.Height, item.Picture.Width, item.Picture.Height);

    // Of what a stored PNG may hold beside pixels, all but these chunks could change how they are shown.
    private static bool IsPlainRgb(byte[] bytes)
    {
        if (FormatSniffer.Sniff(bytes.AsSpan(0, Math.Min(bytes.Length, FormatSniffer.HeadLength))) != PictureFormat.Png
            || bytes.Length < 45 || bytes[24] != 8 || bytes[25] != 2 || bytes[28] != 0)
            return false;
        for (var at = 8; at + 12 <= bytes.Length;)
        {
            var type = bytes.AsSpan(at + 4, 4);
            if (!type.SequenceEqual("IHDR"u8) && !type.SequenceEqual("IDAT"u8) && !type.SequenceEqual("IEND"u8))
                return false;
            at += 12 + (int)Math.Min(int.MaxValue / 2, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)));
        }

        return true;
    }
}
