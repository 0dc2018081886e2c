using System.Collections.Immutable;
using System.Globalization;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Known;

/// <summary>A data set that AdvFit knows by name: what was published, where, and how to recognise it.</summary>
/// <param name="Name">What a spec calls it; the name of its folder, too.</param>
/// <param name="Title">One line for a person.</param>
/// <param name="Layout">How its files are laid out.</param>
/// <param name="Shape">Shape of one image; null for photographs, which have many.</param>
/// <param name="Train">Images in the published train split.</param>
/// <param name="Test">Images in the published test split.</param>
/// <param name="Classes">Names of the classes.</param>
/// <param name="Files">The files that are read, as they are when decompressed; of photographs, none.</param>
/// <param name="Downloads">The files that the publisher offers; none where the data set comes with AdvFit.</param>
/// <param name="Mirrors">Addresses of folders with the downloads, each ending in a slash, the publisher's first.</param>
public sealed record KnownDataset(
    string Name,
    string Title,
    DatasetLayout Layout,
    ImageShape? Shape,
    int Train,
    int Test,
    ImmutableArray<string> Classes,
    ImmutableArray<PublishedFile> Files,
    ImmutableArray<PublishedFile> Downloads,
    ImmutableArray<string> Mirrors)
{
    /// <summary>Whether the data set comes with AdvFit and need not be fetched.</summary>
    public bool IsEmbedded => Downloads.IsEmpty;

    /// <summary>The end of a sentence that begins with "or": which files to download by hand, and where to put them.</summary>
    internal string ManualDownload(string folder)
    {
        var files = Downloads.Select(file => string.Create(
            CultureInfo.InvariantCulture, $"\n  {file.Name}  {file.Bytes:N0} bytes  SHA-256 {file.Sha256}"));
        return $"put these files into {folder}:{string.Concat(files)}\nThey are at {string.Join(" or ", Mirrors)}";
    }
}

/// <summary>A published file, recognised by its hash.</summary>
/// <param name="Name">File name.</param>
/// <param name="Bytes">Length in bytes.</param>
/// <param name="Sha256">SHA-256, in lower-case hexadecimal.</param>
public sealed record PublishedFile(string Name, long Bytes, string Sha256);
