using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Photographs;

/// <summary>What a file of a photograph holds.</summary>
/// <param name="Name">Its path in the folder of the data set.</param>
/// <param name="Sha256">SHA-256 of its bytes, in lower-case hexadecimal; <c>folder</c> where it is none.</param>
internal sealed record PhotographHash(string Name, string Sha256);

/// <summary>The hashes of photographs, taken on all cores.</summary>
internal static class PhotographHashes
{
    /// <summary>The hashes, in the order of the files.</summary>
    /// <exception cref="DatasetException">A file cannot be read.</exception>
    public static PhotographHash[] Of(IReadOnlyList<PhotographFile> files)
    {
        var hashes = new PhotographHash[files.Count];
        AllCores.For(files.Count, i => hashes[i] = new PhotographHash(
            files[i].Name, Directory.Exists(files[i].Path) ? "folder" : DataFile.Sha256OnDisk(files[i].Path)));
        return hashes;
    }
}
