import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.tokenattributes.*;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.*;
import org.apache.lucene.store.ByteBuffersDirectory;

/** What Lucene makes of a text ("tokens FILE") or finds ("search CORPUS QUERIES"), for LuceneTests. */
public class LuceneOracle {
    public static void main(String[] args) throws Exception {
        PrintWriter out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8)));
        if (args[0].equals("tokens")) tokens(Path.of(args[1]), out);
        else search(Path.of(args[1]), Path.of(args[2]), out);
        out.flush();
    }

    private static void tokens(Path file, PrintWriter out) throws Exception {
        DutchAnalyzer analyzer = new DutchAnalyzer();
        for (String line : Files.readString(file).split("\n", -1)) {
            try (TokenStream stream = analyzer.tokenStream("text", line)) {
                CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
                PositionIncrementAttribute increment = stream.addAttribute(PositionIncrementAttribute.class);
                OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
                stream.reset();
                while (stream.incrementToken()) out.print(term + "|" + increment.getPositionIncrement() + "|" + offset.startOffset() + "-" + offset.endOffset() + "\n");
                stream.end();
            }
            out.print("\n");
        }
    }

    /** A document a line: id, tab, text. A query a line: kind, tab, query. */
    private static void search(Path corpus, Path queries, PrintWriter out) throws Exception {
        DutchAnalyzer analyzer = new DutchAnalyzer();
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (String line : Files.readString(corpus).split("\n")) {
                String[] columns = line.split("\t", -1);
                Document document = new Document();
                document.add(new StringField("id", columns[0], Field.Store.YES));
                document.add(new TextField("text", columns[1], Field.Store.NO));
                writer.addDocument(document);
            }
            writer.forceMerge(1);
        }
        IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(directory));
        for (String line : Files.readString(queries).split("\n")) {
            QueryParser parser = new QueryParser("text", analyzer);
            parser.setAllowLeadingWildcard(true);
            TopScoreDocCollector collector = TopScoreDocCollector.create(10, Integer.MAX_VALUE);
            try {
                searcher.search(parser.parse(line.split("\t")[1]), collector);
            } catch (org.apache.lucene.queryparser.classic.ParseException problem) {
                out.print("Q wrong\n");
                continue;
            }
            TopDocs found = collector.topDocs();
            out.print("Q " + found.totalHits.value + "\n");
            for (ScoreDoc hit : found.scoreDocs) out.print(searcher.doc(hit.doc).get("id") + " " + hit.score + "\n");
        }
    }
}
