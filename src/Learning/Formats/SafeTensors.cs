using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AdvFit.Learning.Formats;

/// <summary>
/// The safetensors format (https://huggingface.co/docs/safetensors): the header's length as 8 little-endian bytes, a
/// JSON header padded with spaces to a multiple of 8, then the values of all tensors without a gap.
/// </summary>
public static class SafeTensors
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8;

    /// <summary>The longest header that the reference implementation reads, in bytes.</summary>
    private const long LongestHeader = 100_000_000;

    private static readonly JsonDocumentOptions StrictJson = new() { AllowDuplicateProperties = false };

    /// <summary>
    /// A whole file. The header lists the tensors in the given order. Values follow in that order too, but those of
    /// 8 bytes before those of 4, as the reference implementation has it: so every tensor is aligned, which PyTorch's
    /// loader needs. Equal arguments give equal bytes.
    /// </summary>
    /// <param name="tensors">The tensors, of unique names.</param>
    /// <param name="metadata">Free text by key, written in ordinal order of the keys; null writes none.</param>
    /// <exception cref="ArgumentException">
    /// A name is used twice or reserved, or the number of values is not what the shape says.
    /// </exception>
    public static byte[] Write(
        IReadOnlyList<NamedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        CheckWritable(tensors);
        var offsets = new Dictionary<string, int>(tensors.Count);
        var dataLength = 0;
        foreach (var tensor in tensors.OrderByDescending(tensor => tensor.ElementSize))
        {
            offsets[tensor.Name] = dataLength;
            dataLength = checked(dataLength + tensor.Bytes.Length);
        }

        var header = Header(tensors, offsets, metadata);
        var file = new byte[checked(LengthBytes + header.Length + dataLength)];
        BinaryPrimitives.WriteInt64LittleEndian(file, header.Length);
        header.CopyTo(file, LengthBytes);
        foreach (var tensor in tensors)
        {
            tensor.Bytes.CopyTo(file.AsSpan(LengthBytes + header.Length + offsets[tensor.Name]));
        }

        return file;
    }

    /// <summary>The tensors of a file, in the order of its header.</summary>
    /// <param name="file">The whole file.</param>
    /// <param name="fileName">What errors call the file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is truncated, has gaps, overlaps or bytes left over, is no safetensors file, or holds a type other than
    /// F32 and I64. The message names the file and the byte.
    /// </exception>
    public static IReadOnlyList<NamedTensor> Read(ReadOnlySpan<byte> file, string fileName)
    {
        if (file.Length < LengthBytes)
        {
            throw FormatError.At(fileName, file.Length, "the file ends within the 8 bytes of the header's length");
        }

        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength is 0 or > LongestHeader)
        {
            throw FormatError.At(fileName, 0, $"a header of {headerLength} bytes: this is no safetensors file");
        }

        if (headerLength > (ulong)(file.Length - LengthBytes))
        {
            throw FormatError.At(
                fileName, file.Length, $"the file is truncated: its header alone should have {headerLength} bytes");
        }

        var entries = ReadHeader(file.Slice(LengthBytes, (int)headerLength), fileName);
        var dataStart = LengthBytes + (int)headerLength;
        CheckCoverage(entries, file.Length - dataStart, dataStart, fileName);
        var tensors = new List<NamedTensor>(entries.Count);
        foreach (var entry in entries)
        {
            tensors.Add(entry.ToTensor(file[dataStart..]));
        }

        return tensors;
    }

    private static void CheckWritable(IReadOnlyList<NamedTensor> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal) { MetadataKey };
        foreach (var tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"The tensor name '{tensor.Name}' is used twice or reserved.", nameof(tensors));
            }

            if (FormatError.ElementCount(tensor.Shape) != tensor.Length)
            {
                throw new ArgumentException(
                    $"Tensor '{tensor.Name}' of shape [{string.Join(", ", tensor.Shape)}] holds {tensor.Length} values.",
                    nameof(tensors));
            }
        }
    }

    private static byte[] Header(
        IReadOnlyList<NamedTensor> tensors, Dictionary<string, int> offsets, IReadOnlyDictionary<string, string>? metadata)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            foreach (var tensor in tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", tensor.Type);
                WriteNumbers(json, "shape", tensor.Shape);
                WriteNumbers(json, "data_offsets", [offsets[tensor.Name], offsets[tensor.Name] + tensor.Bytes.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (header.Length % LengthBytes != 0)
        {
            header.WriteByte((byte)' ');
        }

        return header.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, ReadOnlySpan<int> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
        {
            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }

    private static List<Entry> ReadHeader(ReadOnlySpan<byte> header, string fileName)
    {
        try
        {
            using var json = JsonDocument.Parse(header.ToArray(), StrictJson);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw FormatError.At(fileName, LengthBytes, "the header is no JSON object");
            }

            var entries = new List<Entry>();
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name != MetadataKey)
                {
                    var at = LengthBytes + header.IndexOf(Encoding.UTF8.GetBytes($"\"{property.Name}\""));
                    entries.Add(Entry.Parse(property, Math.Max(at, LengthBytes), fileName));
                }
            }

            return entries;
        }
        catch (JsonException error)
        {
            var at = LengthBytes + (error.BytePositionInLine ?? 0);
            throw FormatError.At(fileName, at, "the header is no valid JSON", error);
        }
    }

    /// <summary>The format asks that the tensors cover all bytes after the header exactly once.</summary>
    private static void CheckCoverage(List<Entry> entries, long dataLength, int dataStart, string fileName)
    {
        long covered = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != covered)
            {
                var problem = entry.Begin < covered ? "overlaps the tensor before it" : "leaves a gap before it";
                throw FormatError.At(fileName, dataStart + entry.Begin, $"tensor '{entry.Name}' {problem}");
            }

            covered = entry.End;
            if (covered > dataLength)
            {
                throw FormatError.At(
                    fileName, dataStart + dataLength,
                    $"the file is truncated: tensor '{entry.Name}' should end at byte {dataStart + covered}");
            }
        }

        if (covered < dataLength)
        {
            throw FormatError.At(
                fileName, dataStart + covered, $"{dataLength - covered} bytes are left over after the last tensor");
        }
    }

    /// <summary>What the header says of one tensor; offsets count from the end of the header.</summary>
    private sealed record Entry(string Name, string Type, int[] Shape, long Begin, long End)
    {
        public static Entry Parse(JsonProperty property, int at, string fileName)
        {
            try
            {
                var offsets = property.Value.GetProperty("data_offsets");
                var entry = new Entry(
                    property.Name,
                    property.Value.GetProperty("dtype").GetString() ?? "null",
                    [.. property.Value.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt32())],
                    offsets[0].GetInt64(),
                    offsets[1].GetInt64());
                entry.Check(at, fileName);
                return entry;
            }
            catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException
                or FormatException or IndexOutOfRangeException)
            {
                throw FormatError.At(
                    fileName, at, $"tensor '{property.Name}' lacks a valid dtype, shape or data_offsets", error);
            }
        }

        public NamedTensor ToTensor(ReadOnlySpan<byte> data)
        {
            var bytes = data[(int)Begin..(int)End];
            return Type == "F32"
                ? new Float32Tensor(Name, Shape, MemoryMarshal.Cast<byte, float>(bytes).ToArray())
                : new Int64Tensor(Name, Shape, MemoryMarshal.Cast<byte, long>(bytes).ToArray());
        }

        private void Check(int at, string fileName)
        {
            var size = Type switch
            {
                "F32" => sizeof(float),
                "I64" => sizeof(long),
                _ => throw FormatError.At(
                    fileName, at, $"tensor '{Name}' is of type {Type}; only F32 and I64 are read"),
            };
            if (FormatError.ElementCount(Shape) is not { } count || Begin < 0 || End - Begin != count * size)
            {
                throw FormatError.At(
                    fileName, at,
                    $"tensor '{Name}' of shape [{string.Join(", ", Shape)}] cannot lie at data offsets {Begin} to {End}");
            }
        }
    }
}
