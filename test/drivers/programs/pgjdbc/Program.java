import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Answers each line of its input with a new connection. Arguments: the query, the URL, then names and values of properties. */
public class Program {
  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    for (int index = 2; index < arguments.length; index += 2) {
      properties.setProperty(arguments[index], arguments[index + 1]);
    }
    PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    List<Connection> held = new ArrayList<>();
    while (input.readLine() != null) {
      try {
        Connection connection = DriverManager.getConnection(arguments[1], properties);
        held.add(connection);
        try (ResultSet rows = connection.createStatement().executeQuery(arguments[0])) {
          rows.next();
          output.println("ok " + rows.getString(1));
        }
      } catch (Exception error) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
          text.append(cause.getMessage()).append(' ');
        }
        output.println("error " + text.toString().replaceAll("\\s+", " "));
      }
    }
  }
}
