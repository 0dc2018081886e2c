using System.Globalization;
using System.Text;

namespace AdvFit.Learning.Data;

/// <summary>Says how to get a data set by hand, where the network is closed.</summary>
internal static class ManualDownload
{
    /// <summary>The end of a sentence that begins with "or": which files to put into which folder, and their checksums.</summary>
    public static string Describe(KnownDataset known, string folder)
    {
        var text = new StringBuilder($"put these files into {folder}:");
        foreach (var file in known.Downloads)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n  {file.Name}  {file.Bytes:N0} bytes  SHA-256 {file.Sha256}");
        }

        return text.Append(CultureInfo.InvariantCulture, $"\nThey are at {string.Join(" or ", known.Mirrors)}").ToString();
    }
}
