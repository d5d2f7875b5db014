using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Smirk.Files.Strip.Report;

/// <summary>Where a movie was taken: phones write it as one text (ISO 6709), "+48.8577+002.2950/", into one of several boxes.</summary>
internal static partial class MoviePlace
{
    /// <summary>The first place in a movie's index; null where there is none.</summary>
    public static GeoPosition? In(ReadOnlySpan<byte> index)
    {
        var match = Iso6709().Match(Encoding.Latin1.GetString(index));
        return match.Success && Number(1) is >= -90 and <= 90 and var latitude && Number(2) is >= -180 and <= 180 and var longitude
            ? new GeoPosition(latitude, longitude) : null;

        double Number(int group) => double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("([+-][0-9]{2}\\.[0-9]{2,})([+-][0-9]{3}\\.[0-9]{2,})")]
    private static partial Regex Iso6709();
}
