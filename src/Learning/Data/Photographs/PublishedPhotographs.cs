using System.Collections.Immutable;
using System.Text;
using AdvFit.Learning.Data.Fetching;
using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>
/// Whether photographs are those of a published archive. Publishers give a checksum of the archive alone, so the hashes of what was
/// unpacked of an archive that had it are kept beside the photographs, in a list that <c>sha256sum -c</c> reads, too.
/// </summary>
internal static class PublishedPhotographs
{
    /// <summary>Name of the list.</summary>
    public const string List = "published.sha256";

    private const int MostNamed = 5;

    /// <summary>Writes the list of a folder.</summary>
    public static void Write(string folder, IEnumerable<PhotographHash> hashes)
    {
        var path = Path.Combine(folder, List);
        File.WriteAllText(path + ".part", string.Concat(hashes.Select(hash => $"{hash.Sha256}  {hash.Name}\n")));
        File.Move(path + ".part", path, overwrite: true);
    }

    /// <summary>What results have to say where photographs are not known to be the published ones.</summary>
    public static ImmutableArray<string> Notes(KnownDataset known, string folder, IReadOnlyList<PhotographHash> hashes)
    {
        if (Read(folder) is not { } published)
        {
            return
            [
                $"{known.Name}: the photographs were not unpacked from {Source(known)}, so they are not known to be the published ones",
            ];
        }

        var different = hashes.Where(hash => published.GetValueOrDefault(hash.Name) != hash.Sha256).Select(hash => hash.Name).ToList();
        return different.Count == 0 ? [] :
        [
            $"{known.Name}: {different.Count} of {hashes.Count} photographs are not the published ones: "
                + string.Join(", ", different.Take(MostNamed)) + (different.Count > MostNamed ? ", .." : ""),
        ];
    }

    /// <summary>One line for each folder of a class, or one that says why they cannot be checked.</summary>
    public static IReadOnlyList<FileStatus> Verify(KnownDataset known, string folder)
    {
        if (!known.Layout.IsComplete(folder))
        {
            return [new FileStatus(Source(known), FileState.Missing, "missing")];
        }

        if (Read(folder) is not { } published)
        {
            return [new FileStatus(Source(known), FileState.Different, $"the photographs in {folder} were not unpacked from it")];
        }

        var listed = PhotographFolder.List(folder);
        var here = PhotographHashes.Of([.. listed.Train, .. listed.Test]).ToDictionary(hash => hash.Name, hash => hash.Sha256);
        return
        [
            .. from name in published.Keys.Union(here.Keys)
               group name by name[..name.LastIndexOf('/')] into ofClass
               orderby ofClass.Key
               let different = ofClass.Count(name => published.GetValueOrDefault(name) != here.GetValueOrDefault(name))
               select different == 0
                   ? new FileStatus(ofClass.Key, FileState.Published, $"{ofClass.Count()} photographs, as published")
                   : new FileStatus(
                       ofClass.Key, FileState.Different, $"{different} of {ofClass.Count()} photographs are missing or not as published"),
        ];
    }

    private static string Source(KnownDataset known) => known.Downloads is [var archive] ? archive.Name : List;

    private static Dictionary<string, string>? Read(string folder)
    {
        var path = Path.Combine(folder, List);
        return !File.Exists(path) ? null : DataFile.Reading(path, path => File.ReadLines(path, Encoding.UTF8)
            .Select(line => line.Split("  ", 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[1], parts => parts[0])
            .ToDictionary(entry => entry.Key, entry => entry.First()));
    }
}
