using System.Net;
using System.Net.Http.Headers;
using AdvFit.Learning.Data.Known;
using AdvFit.Learning.Data.Layouts;

namespace AdvFit.Learning.Data.Fetching;

/// <summary>The download of one file from one address into a <c>.part</c> file.</summary>
internal sealed class FileDownload(
    HttpClient client, Uri address, PublishedFile file, string partPath, IProgress<FetchProgress>? progress)
{
    /// <summary>A connection that is cut is resumed so often before the next mirror has its turn.</summary>
    private const int Attempts = 5;

    /// <summary>A server that sends nothing for so long is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Downloads, resuming what is there. Returns null on success, else what went wrong.</summary>
    /// <exception cref="IOException">The part file cannot be written.</exception>
    public async Task<string?> RunAsync(CancellationToken cancellation)
    {
        string? failure = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var before = PartLength();
            failure = await TryAsync(cancellation).ConfigureAwait(false);
            if (failure is null)
            {
                failure = CheckHash();
                if (failure is null || before == 0)
                {
                    return failure;
                }
            }
            else if (PartLength() <= before)
            {
                return failure;
            }
        }

        return failure;
    }

    /// <summary>One request for the bytes that are missing. Returns null when all are there.</summary>
    private async Task<string?> TryAsync(CancellationToken cancellation)
    {
        await using var part = new FileStream(partPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        if (part.Length > file.Bytes)
        {
            part.SetLength(0);
        }

        if (part.Length == file.Bytes)
        {
            return null;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            patience.CancelAfter(Patience);
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            if (part.Length > 0)
            {
                request.Headers.Range = new RangeHeaderValue(part.Length, null);
            }

            using var response = await client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                return $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}";
            }

            // A server that ignores Range answers 200 with the file from its start.
            var start = response.StatusCode == HttpStatusCode.PartialContent
                ? response.Content.Headers.ContentRange?.From ?? -1
                : 0;
            if (start != 0 && start != part.Length)
            {
                return $"the server sends from byte {start} instead of {part.Length}";
            }

            part.SetLength(start);
            part.Position = start;
            return await ReceiveAsync(response, part, patience).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            // "See inner exception", says the outer one of a TLS error; of others it repeats the inner.
            return error.InnerException is { } inner && !error.Message.Contains(inner.Message, StringComparison.Ordinal)
                ? $"{error.Message} {inner.Message}"
                : error.Message;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return $"the server sent nothing for {Patience.TotalSeconds} seconds";
        }
    }

    private async Task<string?> ReceiveAsync(
        HttpResponseMessage response, FileStream part, CancellationTokenSource patience)
    {
        await using var body = await response.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        var buffer = new byte[1 << 16];
        while (true)
        {
            int received;
            try
            {
                patience.CancelAfter(Patience);
                received = await body.ReadAsync(buffer, patience.Token).ConfigureAwait(false);
            }
            catch (IOException error)
            {
                return $"the connection was cut after {part.Length} of {file.Bytes} bytes: {error.Message}";
            }

            if (received == 0)
            {
                part.Flush(flushToDisk: true);
                return part.Length == file.Bytes
                    ? null
                    : $"the server sent {part.Length} of {file.Bytes} bytes";
            }

            if (part.Length + received > file.Bytes)
            {
                part.SetLength(0);
                return $"the server sends more than the published {file.Bytes} bytes";
            }

            part.Write(buffer.AsSpan(0, received));
            progress?.Report(new FetchProgress(file.Name, part.Length, file.Bytes));
        }
    }

    /// <summary>Returns null if the part file is what was published; deletes it and says so if not.</summary>
    private string? CheckHash()
    {
        var sha256 = DataFile.Sha256OnDisk(partPath);
        if (sha256 == file.Sha256)
        {
            return null;
        }

        File.Delete(partPath);
        return $"the file has SHA-256 {sha256} instead of {file.Sha256}";
    }

    private long PartLength() => File.Exists(partPath) ? new FileInfo(partPath).Length : 0;
}
