using System.Globalization;
using System.Text;
using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Fetching;

/// <summary>How far a download is.</summary>
/// <param name="File">The file.</param>
/// <param name="Bytes">Bytes that are there, those of an earlier try included.</param>
/// <param name="Total">Bytes of the whole file.</param>
public sealed record FetchProgress(string File, long Bytes, long Total);

/// <summary>
/// Downloads data sets from their publishers' addresses, mirror after mirror. What is cut off stays as a <c>.part</c>
/// file and is resumed; only a file with the published SHA-256 gets its name.
/// </summary>
/// <param name="handler">Sends the requests; disposed with the fetcher.</param>
public sealed class DatasetFetcher(HttpMessageHandler handler) : IDisposable
{
    private readonly HttpClient _client = new(handler);

    /// <summary>A fetcher that uses the network, and gives up a mirror that cannot be reached within 15 seconds.</summary>
    public DatasetFetcher()
        : this(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(15) })
    {
    }

    /// <summary>
    /// Downloads the files of a data set that are not there as published, and unpacks an archive of them. A file of the same
    /// name with other contents is replaced.
    /// </summary>
    /// <param name="known">The data set.</param>
    /// <param name="folder">Folder to put it into; made where it does not exist.</param>
    /// <param name="progress">Called for every piece that arrives; may be null.</param>
    /// <param name="cancellation">Stops the download; what has arrived is kept for resuming.</param>
    /// <exception cref="DatasetException">
    /// No mirror gave a file, or the folder cannot be written. The message says what to put where by hand.
    /// </exception>
    public async Task FetchAsync(
        KnownDataset known, string folder, IProgress<FetchProgress>? progress, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (DatasetVerifier.Verify(known, folder).All(file => file.State == FileState.Published))
        {
            return;
        }

        if (known.IsEmbedded)
        {
            throw new DatasetException(
                $"{known.Name} comes with AdvFit, but is damaged or missing in {folder}; install AdvFit again.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in known.Downloads)
            {
                await FetchFileAsync(known, file, folder, progress, cancellation).ConfigureAwait(false);
            }

            known.Layout.Unpack(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatasetException(
                $"{known.Name} cannot be written to {folder}: {error.Message} Make room or another choice of folder, then "
                + "run the same command again; it goes on where it stopped.", error);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task FetchFileAsync(
        KnownDataset known, PublishedFile file, string folder, IProgress<FetchProgress>? progress,
        CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Name);
        if (File.Exists(path) && DataFile.Sha256OnDisk(path) == file.Sha256)
        {
            return;
        }

        var failures = new StringBuilder();
        foreach (var mirror in known.Mirrors)
        {
            var download = new FileDownload(_client, new Uri(mirror + file.Name), file, path + ".part", progress);
            if (await download.RunAsync(cancellation).ConfigureAwait(false) is not { } failure)
            {
                File.Move(path + ".part", path, overwrite: true);
                return;
            }

            failures.Append(CultureInfo.InvariantCulture, $"\n  {mirror}{file.Name}: {failure}");
        }

        if (new FileInfo(path + ".part") is { Exists: true, Length: 0 } empty)
        {
            empty.Delete();
        }

        throw new DatasetException(
            $"{file.Name} of {known.Name} could not be downloaded:{failures}\nTry again later, or "
            + known.ManualDownload(folder));
    }
}
